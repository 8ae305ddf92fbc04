// The empty scope that rules written for JavaScript look into before they look at the language.
import type { AST } from "yaml-eslint-parser";

/** Makes a global `Scope` of eslint-scope with nothing in it, as yml/yaml does: YAML has no names. */
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

/** Makes a manager of that scope alone: as much of eslint-scope's `ScopeManager` as yml/yaml offers. */
export function emptyScopeManager(scope: object): object {
  return {
    scopes: [],
    globalScope: scope,
    acquire: (node: { readonly type?: unknown } | null) => (node?.type === "Program" ? scope : null),
    getDeclaredVariables: () => [],
    addGlobals: () => undefined,
  };
}
