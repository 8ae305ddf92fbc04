// The empty scope that rules written for JavaScript look into before they look at the language: YAML has no names.
import type { AST } from "yaml-eslint-parser";

/**
 * Makes a scope with nothing in it, as yml/yaml does.
 *
 * @param block the scope's block
 * @returns what eslint-scope calls a global `Scope`
 */
export function emptyScope(block: AST.YAMLProgram): object {
  const scope = {
    type: "global",
    block,
    set: new Map(),
    through: [],
    childScopes: [],
    variables: [],
    references: [],
    functionExpressionScope: false,
    isStrict: false,
    upper: null,
    implicit: { variables: [], set: new Map() },
  };
  return Object.assign(scope, { variableScope: scope });
}

/**
 * Makes a manager of that scope alone.
 *
 * @param scope an {@link emptyScope}
 * @returns as much of eslint-scope's `ScopeManager` as yml/yaml offers
 */
export function emptyScopeManager(scope: object): object {
  return {
    scopes: [],
    globalScope: scope,
    acquire: (node: { readonly type?: unknown } | null) => (node?.type === "Program" ? scope : null),
    getDeclaredVariables: () => [],
    addGlobals: () => undefined,
  };
}
