export type Variables = Readonly<Record<string, unknown>>

/** A value of an operation that is always the same, or told by a request's variables. No such value is itself a function. */
export type ByVariables<T> = T | ((variables: Variables) => T)

const isTold = <T>(value: ByVariables<T>): value is (variables: Variables) => T => typeof value === 'function'

export const at = <T>(value: ByVariables<T>, variables: Variables): T => (isTold(value) ? value(variables) : value)

/** What is made of other values: now, where they are always the same. */
export const derived = <T>(
  parts: readonly ByVariables<unknown>[],
  make: (variables: Variables) => T,
): ByVariables<T> => (parts.some(isTold) ? make : make({}))

/** Adds up now what is always the same. */
export function sum(parts: readonly ByVariables<number>[]): ByVariables<number> {
  const told = parts.filter(isTold)
  const same = parts.reduce<number>((total, part) => (isTold(part) ? total : total + part), 0)
  return told.length === 0 ? same : (variables) => told.reduce((total, part) => total + part(variables), same)
}
