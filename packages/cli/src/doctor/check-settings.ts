import { type Check, ConfigError, type Environment, misspelt, misspeltWarning, type Report } from '@clientele/kit'
import { cliVariables } from '../config.js'
import { serviceNames } from '../services-by-name.js'
import type { Part } from './part.js'

const remedy = 'Set it right; clientele serve --help lists the settings.'

/** The faults of a part's settings, as its start would tell them, and variables that look like settings and that nothing reads. */
export const settingsCheck = (part: Part, env: Environment): Check => ({
  name: 'settings',
  run: async (report) => {
    const faults = faultsOf(part)
    for (const { path, message } of faults) report.fault(path, message, remedy)
    const names = [...part.variables, ...cliVariables()]
    const wrong = misspelt(env, names)
    for (const each of wrong)
      report.warning(each.variable, misspeltWarning(each), `Call it ${each.likely}, or remove it.`)
    tellUnread(report, env, new Set([...names, ...wrong.map(({ variable }) => variable)]))
    if (!faults.length) report.ok('', `${setIn(env, names)} are set, none is missing or wrong`)
  },
})

const faultsOf = (part: Part) => {
  try {
    part.read()
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.fields ?? []
    throw error
  }
}

const setIn = (env: Environment, names: readonly string[]) => new Set(names.filter((name) => env[name]?.trim())).size

const ours = /^(CLIENTELE|DATABASE|OIDC|NATS|FILES|STAFF|PUBLIC|WEBHOOK|BULK_CHANGE)_/
/** What Kubernetes puts there for each Service of a namespace, unless it is told not to. */
const ofKubernetes = /_(SERVICE_(HOST|PORT(_\w+)?)|PORT(_\d+_(TCP|UDP)(_(PROTO|PORT|ADDR))?)?)$/
/** Of the program's own tools: test runs and development. */
const ofTools = /^CLIENTELE_(TEST|DATA|KEYCLOAK|CONSOLE|CHROMIUM)/

/** With the name of another service in front it may be there for another process. */
const tellUnread = (report: Report, env: Environment, known: ReadonlySet<string>) => {
  const prefix = new RegExp(`^(${serviceNames.join('|')})_`, 'i')
  for (const variable of Object.keys(env)) {
    if (known.has(variable) || !env[variable]?.trim()) continue
    const bare = variable.replace(prefix, '')
    if (!ours.test(bare) || ofKubernetes.test(variable) || ofTools.test(variable)) continue
    if (bare !== variable && known.has(bare)) continue
    report.warning(variable, `${variable} is set, and nothing reads it`, 'Remove it, or look for its right name.')
  }
}
