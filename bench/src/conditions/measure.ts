import { evaluator } from '@clientele/conditions'
import { type CustomerEvent, events, eventVocabulary, pairs } from './event.js'

const now = Date.parse('2026-03-01T12:00:00.000Z')
export const conditionCount = 50

const conditions = pairs(conditionCount)
const subjects = events(1_000, now)
const at = new Date(now)

/** How many conditions hold for an event: those of the vocabulary, or the same written by hand. */
const compiled = conditions.map(({ condition }) => evaluator(eventVocabulary, condition))
const ways = {
  conditions: (event: CustomerEvent) => compiled.reduce((held, holds) => (holds(event, at) ? held + 1 : held), 0),
  'hand-written': (event: CustomerEvent) =>
    conditions.reduce((held, { byHand }) => (byHand(event, now) ? held + 1 : held), 0),
}
export type Way = keyof typeof ways

/** Where conditions and what is written by hand do not agree; empty if they are right, and each holds for some events only. */
export const disagreements = (): string[] =>
  conditions.flatMap(({ condition, byHand }, index) => {
    const held = subjects.map((event) => compiled[index]!(event, at))
    const same = subjects.every((event, each) => byHand(event, now) === held[each])
    const tells = held.includes(true) && held.includes(false)
    return same && tells ? [] : [JSON.stringify(condition)]
  })

/** Microseconds in which all conditions are evaluated on one event, over so many milliseconds. */
export const measure = (way: Way, milliseconds: number): number => {
  const evaluate = ways[way]
  const until = performance.now() + milliseconds
  let [rounds, held, spent] = [0, 0, 0]
  for (let begun = performance.now(); begun < until; begun = performance.now()) {
    for (const event of subjects) held += evaluate(event)
    spent += performance.now() - begun
    rounds++
  }
  if (!held) throw new Error('No condition held: nothing was measured.')
  return (spent * 1_000) / (rounds * subjects.length)
}
