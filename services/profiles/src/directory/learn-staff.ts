import { canonicalId, limits, normalizeLine, patternOf, staffEntityId } from '@clientele/contracts'
import { type Context, retryOnConflict, type Transaction } from '@clientele/kit'
import { LRUCache } from 'lru-cache'
import pLimit from 'p-limit'
import { directoryOf } from './directory-of.js'
import { recordPerson } from './directory-person.js'
import { type Staff, StaffSource } from './staff.entity.js'
import type { DirectoryPerson } from './staff-directory.js'
import { staffById } from './staff-look-up.js'

/** For how many people the directory is asked within a query; the others are nobody until it has told of them by itself. */
const mostInQuery = 20
const abreast = 8
/** All requests of this process together ask for no more people at once. */
const inTurn = pLimit(abreast)
/** Who was nobody when asked for, by tenant and subject; they are not asked for again within the minute. */
const nobody = new LRUCache<string, true>({ max: 10_000, ttl: 60_000 })
const askedFor = new WeakMap<Context, number>()

/**
 * Members of staff by the subjects (or ids) that name them, in one look-up for those who are known. The directory is asked for the others, at
 * `most` of them in a request, and whom it has is recorded, in a transaction of its own. Who acts here with a token of the tenant is known by that.
 * Throws UNAVAILABLE where the directory cannot be asked.
 */
export const learnStaff = async (
  ctx: Context,
  named: readonly (string | null | undefined)[],
  most = mostInQuery,
): Promise<ReadonlyMap<string, Staff>> => {
  const given = named.flatMap((one) => (one == null ? [] : [canonicalId(normalizeLine(one))]))
  const subjects = [...new Set(given)].filter(isSubject)
  const known = await staffById(ctx, subjects)
  const missing = subjects.filter((subject) => !known.has(staffEntityId(subject)))
  const people = missing.length ? await askFor(ctx, missing, most) : []
  const acting = missing.includes(ctx.actor.subject) ? byToken(ctx, people) : []
  if (!people.length && !acting.length) return known
  await retryOnConflict(() =>
    ctx.transaction(async (tx) => {
      await recordThose(tx, people, StaffSource.DIRECTORY)
      await recordThose(tx, acting, StaffSource.MANUAL)
    }),
  )
  const learnt = [...people, ...acting].map(({ subject }) => subject)
  return new Map([...known, ...(await staffById(ctx, learnt))])
}

const subjectPattern = patternOf(limits.subject)
const isSubject = (text: string) => subjectPattern.test(text)

const askFor = async (ctx: Context, subjects: readonly string[], most: number): Promise<DirectoryPerson[]> => {
  const directory = directoryOf(ctx)
  if (!directory) return []
  const { tenant, subject: own } = ctx.actor
  const strangers = subjects.filter((subject) => !nobody.has(`${tenant} ${subject}`))
  const before = askedFor.get(ctx) ?? 0
  const asked = strangers.toSorted((a, b) => Number(b === own) - Number(a === own)).slice(0, Math.max(0, most - before))
  askedFor.set(ctx, before + asked.length)
  const people: DirectoryPerson[] = []
  for (let at = 0; at < asked.length; at += abreast) {
    const some = asked.slice(at, at + abreast)
    const found = await Promise.all(some.map((subject) => inTurn(() => directory.person(tenant, subject))))
    found.forEach((person, index) => {
      if (person) people.push(person)
      else nobody.set(`${tenant} ${some[index]}`, true)
    })
  }
  return people
}

/** Whoever acts, where the directory does not have them. */
const byToken = ({ actor }: Context, people: readonly DirectoryPerson[]): DirectoryPerson[] => {
  const { subject, kind, territories } = actor
  if (kind !== 'person' || people.some((one) => one.subject === subject)) return []
  const unknown = { email: null, language: null, timeZone: null }
  // What a token said once is not what they may do at present.
  const own = { territories: territories.map((path) => path || '*'), roles: null }
  return [{ subject, name: subject, ...unknown, ...own, enabled: true }]
}

const recordThose = async (tx: Transaction, people: readonly DirectoryPerson[], source: StaffSource) => {
  const known = await staffById(
    tx,
    people.map(({ subject }) => subject),
  )
  for (const person of people) {
    if (!known.has(staffEntityId(person.subject))) recordPerson(tx, person, source)
  }
}
