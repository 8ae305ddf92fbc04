// The part of docs/measurements/charts.md about signs that were tried and do not help.
import { paragraph, share, table } from "./markdown.mjs";
import { signs } from "./signs.mjs";

/**
 * What each sign would lower, and what it would leave.
 *
 * @param charts those that the signs are tried on
 * @returns lines
 */
export function tried(charts) {
  return [
    paragraph(
      "What a consumer's mapping could show was tried on the charts below without the archives, each image",
      "judged by what charts of other publishers had shown. None leaves 97% of what it fixes right, and the",
      "strict ones leave little: whether a chart copies a tag into a label is the same for main images and",
      "sidecars, and an image that one chart takes breaks in the next (`quay.io/keycloak/keycloak`). So no",
      "such sign lowers a fix; charts that were seen to break do, by their images.",
    ),
    "",
    table(
      ["what would lower a fix", "right, of what is still fixed", "still fixed"],
      signs(charts).map(({ sign, right, left, all }) => [sign, share(right, left), share(left, all)]),
    ),
  ];
}
