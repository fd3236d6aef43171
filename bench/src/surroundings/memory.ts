import type { Child } from './child.js'

/** In bytes, all processes together; undefined where one cannot tell. */
export interface Memory {
  rss: number | undefined
  /** What is in use of the JavaScript heap, behind a collection of garbage. */
  heap: number | undefined
}

/** What processes hold. It stops each for a collection of garbage. */
export const memoryOf = async (children: readonly Child<unknown>[]): Promise<Memory> => {
  const each = await Promise.all(children.map((child) => child.memory()))
  return { rss: sum(each.map((memory) => memory?.rss)), heap: sum(each.map((memory) => memory?.heap)) }
}

const sum = (values: readonly (number | undefined)[]) =>
  values.reduce((total, value) => (total === undefined || value === undefined ? undefined : total + value), 0)
