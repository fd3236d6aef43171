import type { Actor } from '@clientele/kit'

/** What a statement is told of a request when it runs. */
export interface Facts {
  variables: Record<string, unknown>
  actor: Actor
  now: Date
  /** The ids of the entities that are read. */
  keys: readonly string[]
}

/** Finds a parameter's value in a request; throws NotMappable for one that the statement cannot take. */
export type Source = (facts: Facts) => unknown

/** The parameters of a statement in the making. */
export const createParameters = () => {
  const sources: Source[] = []
  const checks: Source[] = []
  const known = new Map<string, string>()
  return {
    /** The text that stands for a parameter. What has the same name is sent once. */
    add: (source: Source, type: string, name?: string): string => {
      const before = name && known.get(name)
      if (before) return before
      const text = `$${sources.push(source)}::${type}`
      if (name) known.set(name, text)
      return text
    },
    /** Looks at every request for what the statement need not be told but has to be right. */
    check: (source: Source) => void checks.push(source),
    /** Values in the order of the parameters. */
    values: (facts: Facts): unknown[] => {
      for (const check of checks) check(facts)
      return sources.map((source) => {
        const value = source(facts)
        return value instanceof Date ? value.toISOString() : value
      })
    },
  }
}
export type Parameters = ReturnType<typeof createParameters>
