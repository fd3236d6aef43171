import { type FieldFault, Invalid } from '@clientele/kit'

/** What was found about one input: faults refuse it, warnings let it pass. Paths are relative to `at`. */
export interface Findings {
  faults: FieldFault[]
  warnings: FieldFault[]
  /** Imports keep what they can: an empty text counts as absent, a wrong e-mail address stays and is marked. */
  lenient: boolean
  /** Where the input stands: `input`, or empty for a row of an import. */
  at: string
}

export const findingsAt = (at: string, lenient = false): Findings => ({ faults: [], warnings: [], lenient, at })

const full = (findings: Findings, path: string) => (findings.at ? `${findings.at}.${path}` : path)

export const fault = (findings: Findings, path: string, reason: string, message: string) => {
  findings.faults.push({ path: full(findings, path), reason, message })
}

/** A fault for people at the API, a warning for imports, where the value can be kept. */
export const complain = (findings: Findings, path: string, reason: string, message: string) => {
  const list = findings.lenient ? findings.warnings : findings.faults
  list.push({ path: full(findings, path), reason, message })
}

/** Throws INVALID `input.invalid` with all faults together. */
export const refuseFaults = ({ faults }: Findings) => {
  const [first, ...others] = faults
  if (!first) return
  const more = others.length ? ` There are ${others.length} more faults.` : ''
  throw new Invalid(`${first.path}: ${first.message}.${more}`, { reason: 'input.invalid', fields: faults })
}
