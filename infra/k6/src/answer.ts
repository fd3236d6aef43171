/** What the gateway answers, as far as a scenario looks. */
export interface Answer {
  data?: Record<string, unknown> | null
  errors?: readonly { message: string; extensions?: { code?: string; reason?: string } }[]
}

/** Why an answer is no good, in a word that can be counted; undefined where it is good. A status of 0 is no answer at all. */
export const failureOf = (status: number, answer: Answer | undefined): string | undefined => {
  if (status === 0) return 'no answer'
  const error = answer?.errors?.[0]
  if (error)
    return [error.extensions?.code ?? 'an error without a code', error.extensions?.reason].filter(Boolean).join(' ')
  if (status !== 200) return `HTTP ${status}`
  return answer?.data ? undefined : 'no data'
}
