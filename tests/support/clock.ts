// Stops the clock of this process, so that a deadline passes when a test says so, also on a slow machine.
import { setTimeout as realPause } from "node:timers/promises";
import { vi } from "vitest";

/** Stops timers and clocks. Sockets and other processes go on. {@link vi.useRealTimers} ends it. */
export function stopClock(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
}

/** Waits, in real time, until something holds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await realPause(5);
}
