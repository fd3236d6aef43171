/** A request that asks the same as another in words that were never used before, and its answer in the words of the other. */
export interface Distinct {
  body: string
  original(answer: string): string
}

/** Gives the field of a GraphQL body another alias with each number. */
export const distinct = (body: string, field: string, number: number): Distinct => {
  const alias = `${field}${number}`
  return {
    body: body.replace(new RegExp(`\\b${field}\\b`), `${alias}: ${field}`),
    original: (answer) => answer.replaceAll(`"${alias}":`, `"${field}":`),
  }
}
