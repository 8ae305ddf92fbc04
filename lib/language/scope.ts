// The empty global scope that rules written for JavaScript ask any source code for.
import type { Program } from "./syntax.js";

/** An eslint-scope `Scope` with nothing in it. */
export interface EmptyScope {
  readonly type: "global";
  readonly block: Program;
  readonly set: Map<string, unknown>;
  readonly through: unknown[];
  readonly childScopes: unknown[];
  readonly variables: unknown[];
  readonly references: unknown[];
  readonly functionExpressionScope: false;
  readonly isStrict: false;
  readonly upper: null;
  readonly implicit: { readonly variables: unknown[]; readonly set: Map<string, unknown> };
  variableScope: EmptyScope | null;
}

/**
 * Makes a scope without names: YAML has none, but rules such as `no-undef` look into it before they look at the language.
 *
 * @param program the scope's block
 * @returns what yml/yaml hands out, too
 */
export function emptyScope(program: Program): EmptyScope {
  const scope: EmptyScope = {
    type: "global",
    block: program,
    set: new Map(),
    through: [],
    childScopes: [],
    variables: [],
    references: [],
    functionExpressionScope: false,
    isStrict: false,
    upper: null,
    implicit: { variables: [], set: new Map() },
    variableScope: null,
  };
  scope.variableScope = scope;
  return scope;
}

/** As much of eslint-scope's `ScopeManager` as yml/yaml offers. */
export interface EmptyScopeManager {
  readonly scopes: unknown[];
  readonly globalScope: EmptyScope;
  acquire(node: { readonly type?: unknown } | null): EmptyScope | null;
  getDeclaredVariables(): unknown[];
  addGlobals(): void;
}

/**
 * Makes the manager that holds that scope alone.
 *
 * @param scope see {@link emptyScope}
 */
export function emptyScopeManager(scope: EmptyScope): EmptyScopeManager {
  return {
    scopes: [],
    globalScope: scope,
    acquire: (node) => (node?.type === "Program" ? scope : null),
    getDeclaredVariables: () => [],
    addGlobals: () => undefined,
  };
}
