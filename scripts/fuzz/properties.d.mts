// The types of the properties, for the test that runs them.
import type { IAsyncProperty, IProperty } from "fast-check";

export function properties(): Promise<Record<string, IProperty<[string]> | IAsyncProperty<[string]>>>;
