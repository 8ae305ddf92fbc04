/** What tests see of language-server.mjs. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Diagnostic {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly message: string;
  readonly code?: string;
  readonly severity: number;
  readonly codeDescription?: { readonly href: string };
}

export interface Action {
  readonly title: string;
  readonly kind: string;
  readonly isPreferred?: boolean;
}

export interface LanguageServer {
  readonly pid: number;
  readonly logged: readonly string[];
  readonly stderr: string;
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  open(path: string, text?: string): void;
  close(path: string): void;
  change(path: string, text: string): void;
  text(path: string): string;
  diagnostics(path: string): Promise<readonly Diagnostic[]>;
  timed(path: string): Promise<{ readonly items: readonly Diagnostic[]; readonly ms: number }>;
  actions(
    path: string,
    diagnostics: readonly Diagnostic[],
    only?: readonly string[],
  ): Promise<readonly Action[]>;
  apply(path: string, action: Action): Promise<string>;
  fixAll(path: string): Promise<string>;
  stop(): Promise<{ readonly code: number | null; readonly signal: string | null }>;
  kill(): void;
}

export interface ServerOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly settings?: object;
  readonly execArgv?: readonly string[];
  readonly ipc?: boolean;
  readonly within?: readonly string[];
}

export const editorFolder: string;
export const hasServer: boolean;
export function startServer(root: string, options?: ServerOptions): Promise<LanguageServer>;
