import type { Environment } from './config.js'
import type { Log } from './log.js'
import { misspelt, misspeltWarning } from './misspelt.js'

/** Warns of variables that are misspelt, before the settings are read: one that is missing may be among them. */
export const tellMisspelt = (log: Log, env: Environment, names: readonly string[]) => {
  for (const each of misspelt(env, names)) log.warn(each, misspeltWarning(each))
}
