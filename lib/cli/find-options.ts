// What the command tells the finder of a file: the same as the rules do.
import type { FindOptions } from "../images/find.js";
import { readDeployments } from "../read-deployed.js";
import { neighbourOf } from "../read-neighbour.js";
import type { Settings } from "../settings/settings.js";
import type { Project } from "./project.js";

const deployments = readDeployments();

/**
 * What is known of a file besides its text.
 *
 * @param project whose folder the file's tree begins at
 * @param filename the file's absolute path
 * @param settings the user's for that file
 */
export function findOptions({ cwd }: Project, filename: string, settings: Settings): FindOptions {
  return {
    filename,
    settings,
    neighbour: neighbourOf(filename),
    deployed: (file) => deployments(cwd, file),
  };
}
