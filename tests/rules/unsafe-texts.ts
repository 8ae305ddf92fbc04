// Values and manifests with a digest where the chart or operator cannot use it.
import { digestOf } from "../images/fields-of.js";
import { DIGEST } from "./modes.js";

export const OTHER = digestOf("b");
export const HEX = DIGEST.slice("sha256:".length);

export const SKYHOOK = (keys: string): string =>
  `apiVersion: skyhook.nvidia.com/v1alpha1\n` +
  `kind: Skyhook\n` +
  `spec:\n` +
  `  packages:\n` +
  `    tuning:\n${keys.replace(/^(?=.)/gm, "      ")}`;
export const NIC = (keys: string): string =>
  `apiVersion: mellanox.com/v1alpha1\n` +
  `kind: NicClusterPolicy\n` +
  `spec:\n` +
  `  ofedDriver:\n${keys.replace(/^(?=.)/gm, "    ")}`;
export const POLICY = (part: string, keys: string): string =>
  `apiVersion: nvidia.com/v1\nkind: ClusterPolicy\nspec:\n  ${part}:\n${keys.replace(/^(?=.)/gm, "    ")}`;
export const IMAGE = (keys: string): string => `image:\n${keys.replace(/^(?=.)/gm, "  ")}`;

export const TRIPLET = `repository: nvcr.io/nvidia\nimage: x\nversion: v1@${DIGEST}\n`;
