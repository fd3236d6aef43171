import type { Child } from './child.js'

/** In bytes, all processes together; undefined where one cannot tell. */
export interface Memory {
  rss: number | undefined
  /** What is theirs alone, and their part of what they share with other processes, such as the text of node. */
  pss: number | undefined
  /** What is in use of the JavaScript heap, behind a collection of garbage. */
  heap: number | undefined
}

/** What processes hold. It stops each for a collection of garbage. */
export const memoryOf = async (children: readonly Child<unknown>[]): Promise<Memory> => {
  const each = await Promise.all(children.map((child) => child.memory()))
  const total = (figure: keyof Memory) => sum(each.map((memory) => memory?.[figure]))
  return { rss: total('rss'), pss: total('pss'), heap: total('heap') }
}

const sum = (values: readonly (number | undefined)[]) =>
  values.reduce((total, value) => (total === undefined || value === undefined ? undefined : total + value), 0)
