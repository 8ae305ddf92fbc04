// Services of Docker Compose.
import type { ScalarRow } from "../row-types.js";

/** In a service that is built and not pulled, `image` names the output. */
export const COMPOSE_SERVICES: readonly ScalarRow[] = [
  {
    shape: "compose service",
    where: { documents: ["compose"], path: [["services", "*", "image"]] },
    key: /^image$/,
    must: true,
    untagged: "latest",
    evidence: "none",
    unless: "build",
    source: "Compose specification, services.image; with `build` it names the output",
  },
  {
    // Fragments under `x-…` that services merge. Files of the first version have their services at the top.
    shape: "compose service",
    where: {
      documents: ["compose"],
      path: [
        ["*", "image"],
        ["*", "*", "image"],
        ["services", "#", "image"],
        ["#", "image"],
      ],
    },
    key: /^image$/,
    must: false,
    untagged: "latest",
    evidence: "none",
    unless: "build",
    source: "Compose specification, extensions and fragments",
  },
];
