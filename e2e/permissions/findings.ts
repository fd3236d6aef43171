import type { Actor } from '@clientele/kit'
import type { Answer } from '../platform/platform.js'
import type { Expectations } from './expectations.js'

/** What holding answers against the tables has shown so far. */
export interface Findings {
  /** Where an answer said something else than the table. */
  faults: string[]
  answers: number
  /** Fields that were held against their class. */
  fields: number
  /** Hidable fields that somebody saw with a value. */
  seen: Set<string>
  /** Hidable fields that were asked for and came back hidden. */
  hidden: Set<string>
  /** A path of an error or field as text, by which the one is found for the other. */
  place: Place
}

type Place = (path: readonly (string | number)[]) => string

/** For routers whose errors do not say which entry of a list they are about. */
export const withoutEntries: Place = (path) => path.filter((part) => typeof part === 'string').join()

export const noFindings = (place: Place = String): Findings => ({
  ...{ faults: [], answers: 0, fields: 0 },
  ...{ seen: new Set(), hidden: new Set(), place },
})

/** Holds an answer to one root field against the tables. `who` names the actor in faults; `unreached` says that nothing that belongs to anybody may show. */
export const holdAgainst = (
  findings: Findings,
  expected: Expectations,
  actor: Actor,
  who: string,
  field: string,
  { data, errors = [] }: Answer,
  unreached: boolean,
) => {
  const fault = (text: string) => findings.faults.push(`${who} ${field}: ${text}`)
  findings.answers++
  const refused = (path: readonly (string | number)[]) =>
    errors.some(
      (error) => error.extensions.code === 'FORBIDDEN' && findings.place(error.path ?? []) === findings.place(path),
    )
  const outside = errors.filter(({ path }) => !path)
  if (outside.length) return fault(`was not run: ${JSON.stringify(outside)}`)
  const strange = errors.filter(
    ({ extensions: { code } }) => !['FORBIDDEN', 'NOT_FOUND', 'INVALID', 'CONFLICT'].includes(code),
  )
  if (strange.length) fault(`failed: ${JSON.stringify(strange)}`)
  const value = data?.[field]
  const unnamed = errors.filter((error) => !namesWhoMay(error))
  if (unnamed.length) fault(`does not say who may: ${JSON.stringify(unnamed)}`)
  if (expected.mayOpen(actor, field) === false) {
    if (value != null) fault('answered, and no policy opens it')
    if (!refused([field])) fault(`is not FORBIDDEN: ${JSON.stringify(errors)}`)
    return
  }
  const role = errors.find(({ path, extensions }) => String(path) === field && extensions.reason === 'role')
  if (role) fault('is refused, and a policy opens it')
  walk(value, [field])

  function walk(node: unknown, path: (string | number)[]): void {
    if (Array.isArray(node)) {
      node.forEach((each, at) => void walk(each, [...path, at]))
      return
    }
    if (!node || typeof node !== 'object') return
    const { __typename: type, ...fields } = node as { __typename?: string } & Record<string, unknown>
    if (!type) return
    if (unreached && expected.ownership(type)) fault(`shows a ${type} that is out of scope at ${path.join('.')}`)
    const named = fields.redactedFields as readonly string[] | undefined
    for (const [name, value] of Object.entries(fields)) {
      const isHidden = expected.isHidden(actor, `${type}.${name}`)
      if (named && named.includes(name) !== isHidden)
        fault(`${type}.${name} is ${isHidden ? 'not ' : ''}in redactedFields`)
      check(`${type}.${name}`, value, [...path, name])
      walk(value, [...path, name])
    }
  }

  function check(path: string, value: unknown, place: (string | number)[]) {
    findings.fields++
    if (path.endsWith('.redactedFields')) return
    if (expected.mayOpen(actor, path) === false) {
      if (value != null || !refused(place)) fault(`${path} is open at ${place.join('.')}, and no policy opens it`)
    } else if (expected.isHidden(actor, path)) {
      if (value != null) fault(`${path} is shown, and its class is hidden`)
      findings.hidden.add(path)
    } else if (value != null) findings.seen.add(path)
  }
}

/** Whether a refusal by role says which roles may, in its message and beside it. */
const namesWhoMay = ({ message, extensions: { code, reason, roles } }: NonNullable<Answer['errors']>[number]) =>
  code !== 'FORBIDDEN' ||
  !['role', 'field.hidden', 'field.write_only'].includes(reason ?? '') ||
  (Array.isArray(roles) && roles.length > 0 && roles.every((role) => message.includes(role)))
