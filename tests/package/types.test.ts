// The plugin's types, as the two ways to type a flat configuration take them.
import type { TSESLint } from "@typescript-eslint/utils";
import { defineConfig } from "eslint/config";
import { expect, expectTypeOf, it } from "vitest";
import plugin from "../../lib/index.js";

it("its configurations are typed for ESLint's defineConfig", () => {
  expect(defineConfig([plugin.configs.recommended, plugin.configs.strict])).toHaveLength(
    plugin.configs.recommended.length + plugin.configs.strict.length,
  );
});

it("its rules and its name are typed for typescript-eslint", () => {
  expectTypeOf(plugin.meta).toExtend<NonNullable<TSESLint.FlatConfig.Plugin["meta"]>>();
  expectTypeOf<keyof typeof plugin.configs>().toEqualTypeOf<"recommended" | "strict">();
  const name: TSESLint.FlatConfig.Config["name"] = plugin.configs.recommended[0]?.name;
  expect(name).toMatch(/^container-images\/recommended/);
});
