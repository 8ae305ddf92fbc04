// The output formats of each command. The command line offers them before the command's own code is loaded.

export const LIST_FORMATS = ["table", "json", "csv"] as const;
export const VERIFY_FORMATS = ["text", "json"] as const;
export const BOM_FORMATS = ["cyclonedx", "markdown"] as const;
export const CHARTS_FORMATS = ["table", "json"] as const;

export type ListFormat = (typeof LIST_FORMATS)[number];
export type VerifyFormat = (typeof VERIFY_FORMATS)[number];
export type BomFormat = (typeof BOM_FORMATS)[number];
export type ChartsFormat = (typeof CHARTS_FORMATS)[number];
