import type { TextLimit } from '@clientele/contracts'
import { plainSchema, type Service } from '@clientele/kit'
import type { AsActor } from '../call-as.js'
import { longList, type Path, type Place, placesIn, withValue } from './limit-places.js'
import { textOf } from './limit-values.js'
import { inputFields, mutationInputs } from './limited-fields.js'
import { selectionOfTexts, undeclaredTexts } from './long-texts.js'

/** One mutation with an input that passes; each call of `input` makes what it needs anew. */
export interface LimitScenario {
  mutation: string
  input(): object | Promise<object>
  as: AsActor
  /** What to select of the answer, where issues are in it: a result of rows. */
  select?: string
  /** Issues of an answer, with paths in the whole input. */
  issuesOf?(answer: any): { path: string; reason: string }[]
}

export interface LimitOptions {
  /** Texts of a length that a field's own form allows, by `Input.field`; undefined where no text of this length can pass. */
  texts?: Record<string, (characters: number) => string | undefined>
  /** Lists that no copies of one entry can be, by `Input.field`. */
  lists?: Record<string, (entries: number) => unknown[] | undefined>
}

/** What became of a value at, above or below its limit. */
interface Outcome {
  case: string
  got: string
}

const ok = 'passes'

/**
 * Drives every limited place of a scenario's input: at its limit, and one beyond. Answers with what came out otherwise than it should, and with
 * texts of an answer that are longer than the schema says.
 */
export const driveLimits = async (service: Service, scenario: LimitScenario, o: LimitOptions = {}) => {
  const type = mutationInputs(service).get(scenario.mutation)
  if (!type) throw new Error(`there is no mutation ${scenario.mutation}`)
  const answered = plainSchema(service).getMutationType()!.getFields()[scenario.mutation]!.type
  const document = `mutation ($input: ${type.name}!) { answer: ${scenario.mutation}(input: $input) { ${scenario.select ?? '__typename'} ${selectionOfTexts(answered)} } }`
  const make = (name: string, limit: TextLimit, characters: number) => {
    const own = o.texts?.[name]
    return own ? own(characters) : textOf(limit, characters)
  }

  const tooLong = new Set<string>()
  const run = async (input: object) => {
    try {
      const { answer } = await scenario.as.mutate(document, { input })
      for (const text of undeclaredTexts(answered, answer)) tooLong.add(text)
      return (scenario.issuesOf?.(answer) ?? []).map(({ path, reason }) => `${path} ${reason}`)
    } catch (error) {
      const {
        code,
        fields = [],
        message,
      } = error as { code: string; fields?: { path: string; reason: string }[]; message: string }
      return code === 'INVALID' && fields.length
        ? fields.map(({ path, reason }) => `${path} ${reason}`)
        : [`${code}: ${message}`]
    }
  }

  const wrong: Outcome[] = []
  const passes = async (what: string, input: object) => {
    const issues = await run(input)
    if (issues.length) wrong.push({ case: what, got: issues.slice(0, 5).join(', ') })
  }
  const refuses = async (what: string, input: object, path: Path, reason: string) => {
    const issues = await run(input)
    const expected = `input.${path.join('.')} ${reason}`
    if (!issues.includes(expected))
      wrong.push({ case: `${what}: ${expected}`, got: issues.slice(0, 5).join(', ') || ok })
  }
  const listOf = (place: Place, input: object, entries: number) => {
    const own = o.lists?.[place.name]
    if (!own) return longList(type, place, input, entries, make)
    const list = own(entries)
    return list && withValue(input, place.path, list)
  }

  const base = await scenario.input()
  const places = placesIn(type, base)
  await passes('the input', await scenario.input())

  let longest = await scenario.input()
  for (const place of places) {
    const { name, path } = place
    const at = `${name} at ${path.join('.')}`
    if (place.kind === 'text') {
      const text = make(name, place.limit, place.limit.most)
      if (text !== undefined) longest = withValue(longest, path, text)
      const above = make(name, place.limit, place.limit.most + 1) ?? textOf(place.limit, place.limit.most + 1)
      await refuses(`${at} above`, withValue(base, path, above), path, 'text.too_long')
    } else if (place.kind === 'number') {
      const { least, most } = place.limit
      const written = (value: number) => (place.isDecimal ? String(value) : value)
      for (const value of [least, most].map(written))
        await passes(`${at} is ${value}`, withValue(await scenario.input(), path, value))
      for (const value of [least - 1, most + 1].map(written))
        await refuses(`${at} is ${value}`, withValue(base, path, value), path, 'number.out_of_range')
    } else if (place.kind === 'time') {
      const [first, before] = [0, 1].map((ms) => new Date(+new Date(place.limit.least) - ms).toISOString())
      const written = (time: string) => (place.isDay ? time.slice(0, 10) : time)
      await passes(`${at} first`, withValue(await scenario.input(), path, written(first!)))
      const reason = place.isDay ? 'date.out_of_range' : 'time.out_of_range'
      await refuses(`${at} before`, withValue(base, path, written(before!)), path, reason)
    } else {
      const full = listOf(place, await scenario.input(), place.limit.most)
      if (full) await passes(`${at} full`, full)
      const above = listOf(place, base, place.limit.most + 1)
      if (above) await refuses(`${at} above`, above, path, 'list.too_long')
      const below = place.limit.least - 1
      const short = below >= 0 && (listOf(place, base, below) ?? withValue(base, path, []))
      if (short) await refuses(`${at} below`, short, path, 'list.too_short')
    }
  }
  await passes('all texts at their limits', longest)
  for (const text of tooLong) wrong.push({ case: 'each text is as short as its field says', got: text })
  return { wrong, driven: new Set(places.map(({ name }) => name.replace('[]', ''))) }
}

/** Limited fields of a service's inputs that no scenario has driven; idempotency keys are checked in one place for all. */
export const undriven = (service: Service, without: ReadonlySet<string>, driven: ReadonlySet<string>) =>
  [...inputFields(mutationInputs(service).values(), without)].flatMap(([name, { limit }]) =>
    limit && !driven.has(name) && !without.has(name) && !name.endsWith('.idempotencyKey') ? [name] : [],
  )
