import type { Environment } from './config.js'
import { nearest } from './nearest.js'

/** A variable that nothing reads, and the one that was likely meant. */
export interface Misspelt {
  variable: string
  likely: string
}

/** How many letters of a name may be wrong: short ones are like many others. */
const mostWrong = (name: string) => Math.min(2, Math.floor(name.length / 4))

/**
 * The variables of an environment that are written almost like one that a process reads, and that is not set. What reads them only by
 * another name, such as a process beside this one, has its own in `names` too.
 */
export const misspelt = (env: Environment, names: readonly string[]): Misspelt[] => {
  const known = new Set(names)
  const unset = names.filter((name) => !env[name]?.trim())
  return Object.keys(env).flatMap((variable) => {
    if (known.has(variable) || !env[variable]?.trim()) return []
    const likely = nearest(variable, unset, mostWrong(variable))
    return likely === undefined ? [] : [{ variable, likely }]
  })
}

/** What whoever starts a process is told; never a value. */
export const misspeltWarning = ({ variable, likely }: Misspelt): string =>
  `${variable} is set, and nothing reads it; did you mean ${likely}?`
