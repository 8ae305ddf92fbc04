// The conditions under which the forms of lines are printed. The same condition is the same object, so that
// thousands of them are joined and compared at little cost.
import type { Condition, Test } from "./condition.js";
import { nameOfPath } from "./held.js";
import { PathIndex } from "./path-index.js";
import type { ValuePath } from "./value-path.js";
import { pay } from "./work.js";

/** Numbers the questions of a chart's conditions, and knows the conditions that end with each. */
class Questions {
  readonly #numbers = new Map<string, number>();
  readonly #known = new WeakMap<Test, number>();
  readonly #ends: SharedCondition[][] = [];
  readonly #byPath = new PathIndex<SharedCondition[]>();

  /** The same for the same question. */
  numberOf(test: Test): number {
    const known = this.#known.get(test);
    if (known !== undefined) return known;
    const key = `${nameOfPath(test.path)}${test.asks}`;
    const number = this.#numbers.get(key) ?? this.#added(key, test);
    this.#known.set(test, number);
    return number;
  }

  #added(key: string, { path }: Test): number {
    const number = this.#numbers.size;
    const ends: SharedCondition[] = [];
    this.#numbers.set(key, number);
    this.#ends.push(ends);
    this.#byPath.add(path, ends);
    return number;
  }

  /** Notes that a condition ends with a question. */
  endsWith(question: number, condition: SharedCondition): void {
    this.#ends[question]?.push(condition);
  }

  /** The conditions that end with a question to a value. */
  askedLast(path: ValuePath): readonly SharedCondition[] {
    return this.#byPath.at(path).flat();
  }
}

/** A condition: one test behind another one. */
export class SharedCondition {
  readonly #questions: Questions;
  readonly #before: SharedCondition | undefined;
  readonly #test: Test | undefined;
  readonly #question: number;
  #next: Map<number, SharedCondition> | undefined;
  #all: Condition | undefined;
  readonly length: number;

  private constructor(questions: Questions, before?: SharedCondition, test?: Test) {
    this.#questions = questions;
    this.#before = before;
    this.#test = test;
    this.#question = test ? questions.numberOf(test) : -1;
    this.length = before ? before.length + 1 : 0;
  }

  /** What always holds, as the beginning of all conditions of a chart. */
  static always(): SharedCondition {
    return new SharedCondition(new Questions());
  }

  /**
   * Both this and another condition; `undefined` where they contradict each other.
   *
   * @throws {TooMuch} where there is more than is looked at
   */
  and(other: Condition): SharedCondition | undefined {
    return other.reduce<SharedCondition | undefined>(
      (joined, test) => (joined ? joined.#andTest(test) : undefined),
      this,
    );
  }

  #andTest(test: Test): SharedCondition | undefined {
    pay(1 + (this.length >> 4));
    const question = this.#questions.numberOf(test);
    const holds = this.#answerTo(question);
    if (holds === undefined) return this.#with(test, question);
    return holds === test.holds ? this : undefined;
  }

  /** Its tests, in order. */
  get all(): Condition {
    this.#all ??= this.#before && this.#test ? [...this.#before.all, this.#test] : [];
    return this.#all;
  }

  /**
   * All conditions of the chart that ask a value.
   *
   * @throws {TooMuch} where there are more than are looked at
   */
  asking(path: ValuePath): ReadonlySet<SharedCondition> {
    const found = new Set(this.#questions.askedLast(path));
    for (const condition of found) {
      pay();
      for (const longer of condition.#next?.values() ?? []) found.add(longer);
    }
    return found;
  }

  /** What some conditions have in common, of which this one is the beginning. */
  common(all: ReadonlySet<SharedCondition>): SharedCondition {
    let tests: Condition | undefined;
    for (const each of all) {
      pay(1 + (each.length >> 5));
      tests =
        tests?.filter((test) => each.#answerTo(this.#questions.numberOf(test)) === test.holds) ?? each.all;
    }
    return this.and(tests ?? []) ?? this;
  }

  #answerTo(question: number): boolean | undefined {
    if (this.#question === question) return this.#test?.holds;
    for (let each = this.#before; each; each = each.#before)
      if (each.#question === question) return each.#test?.holds;
    return undefined;
  }

  #with(test: Test, question: number): SharedCondition {
    const key = question * 2 + Number(test.holds);
    this.#next ??= new Map();
    const known = this.#next.get(key);
    if (known) return known;
    const made = new SharedCondition(this.#questions, this, test);
    this.#next.set(key, made);
    this.#questions.endsWith(question, made);
    return made;
  }
}
