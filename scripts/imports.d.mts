/** What tests see of imports.mjs. */
type Graph = ReadonlyMap<string, ReadonlySet<string>>;

export function moduleNames(text: string): string[];
export function fileGraph(root?: string, folders?: readonly string[]): Graph;
export function roomGraph(files: Graph): Graph;
export function circles(graph: Graph): string[][];
