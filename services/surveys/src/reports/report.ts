import { smallestGroup } from '@clientele/contracts'
import { hasChoices, QuestionKind, type SurveyQuestion, scales } from '../questions/question.entity.js'
import type { AnswerCount } from './counts.js'
import type { AnswerShare, QuestionReport } from './report.entity.js'
import { type Counts, cesOf, csatOf, type Estimate, npsOf } from './statistics.js'

const estimates: Partial<Record<QuestionKind, (counts: Counts) => Estimate>> = {
  NPS: npsOf,
  CSAT: csatOf,
  CES: cesOf,
}

/** What the counts say of one question. Pure. */
export const reportOn = (question: SurveyQuestion, all: readonly AnswerCount[]): QuestionReport => {
  const { key, kind, text, aspect } = question
  const counts = all.filter((one) => one.question === key && one.kind === kind)
  const n = counts.find(({ score, choice }) => score === null && choice === null)?.count ?? 0
  const head = { key, kind, text, aspect, n }
  if (n < smallestGroup) return { ...head, suppressed: true, score: null, ci95: null, distribution: [] }
  const scored = new Map(counts.flatMap(({ score, count }) => (score === null ? [] : [[score, count] as const])))
  const estimate = estimates[kind]?.(scored)
  return {
    ...head,
    suppressed: false,
    score: estimate?.score ?? null,
    ci95: estimate ? { low: estimate.low, high: estimate.high } : null,
    distribution: hasChoices(kind) ? sharesOfChoices(question, counts, n) : sharesOfScores(kind, scored, n),
  }
}

const sharesOfScores = (kind: QuestionKind, counts: Counts, n: number): AnswerShare[] => {
  const { least, most } = scales[kind] ?? { least: 0, most: -1 }
  return Array.from({ length: most - least + 1 }, (_, at) => {
    const count = counts.get(least + at) ?? 0
    return { value: least + at, choice: null, label: null, count, share: count / n }
  })
}

const sharesOfChoices = ({ choices }: SurveyQuestion, counts: readonly AnswerCount[], n: number): AnswerShare[] => {
  const given = new Map(counts.flatMap(({ choice, count }) => (choice === null ? [] : [[choice, count] as const])))
  const labels = new Map(choices.map(({ key, label }) => [key, label]))
  const dropped = [...given.keys()].filter((key) => !labels.has(key)).toSorted()
  return [...labels.keys(), ...dropped].map((choice) => {
    const count = given.get(choice) ?? 0
    return { value: null, choice, label: labels.get(choice) ?? null, count, share: count / n }
  })
}
