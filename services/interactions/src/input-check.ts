import { code, key, normalizeLine, normalizeText, staffId } from '@clientele/contracts'
import { type FieldFault, Invalid } from '@clientele/kit'

type Written = string | null | undefined

/** A clock of a caller may be this much ahead of ours. */
const skewMs = 60_000

/** Checks the fields of one input and gathers their faults, so that the caller learns of all of them at once. */
export const checkInput = () => {
  const faults: FieldFault[] = []
  const fault = (field: string, reason: string, message: string) => {
    faults.push({ path: `input.${field}`, reason, message })
  }

  const reading =
    (normalize: (text: string) => string) =>
    (field: string, value: Written, most: number): string | null => {
      if (value == null) return null
      const text = normalize(value)
      if (!text) fault(field, 'text.empty', 'a text that is not blank')
      else if ([...text].length > most) fault(field, 'text.too_long', `at most ${most} characters`)
      return text
    }
  const optionalText = reading(normalizeText)
  const optionalLine = reading(normalizeLine)
  const matching =
    (schema: typeof code, reason: string, message: string) =>
    (field: string, value: Written): string | null => {
      if (value == null) return null
      const text = normalizeLine(value)
      if (!schema.safeParse(text).success) fault(field, reason, message)
      return text
    }
  const optionalCode = matching(
    code,
    'code.malformed',
    'letters, digits and . _ : -, at most 64, such as delivery.late',
  )

  return {
    /** One line, such as a name; a fault when blank or longer than `most` characters. */
    line: (field: string, value: string, most: number): string => optionalLine(field, value, most) ?? '',
    optionalLine,
    /** As `line`, for what may have several. */
    text: (field: string, value: string, most: number): string => optionalText(field, value, most) ?? '',
    /** As `text`; absent is null. */
    optionalText,
    /** A code in ASCII, as events may carry it. */
    code: (field: string, value: string): string => optionalCode(field, value) ?? '',
    optionalCode,
    /** A key in any script, such as a team's. */
    optionalKey: matching(key, 'key.malformed', 'at most 64 characters without blanks and @'),
    /** The identity provider's subject of a member of staff. */
    optionalStaff: matching(
      staffId,
      'staff.malformed',
      'a subject of the identity provider: at most 255 characters without blanks and @',
    ),
    /** A fault when it lies ahead of `now`. */
    past: (field: string, value: Date, now: Date) => {
      if (value.getTime() > now.getTime() + skewMs) fault(field, 'time.future', 'a time that is not in the future')
    },
    /** A fault unless the condition holds; `message` says what would be right. */
    must: (holds: boolean, field: string, reason: string, message: string) => {
      if (!holds) fault(field, reason, message)
    },
    /** Throws INVALID with all faults, if there are any; its reason is that of the first. */
    done: () => {
      const [first] = faults
      if (!first) return
      const message = faults.map(({ path, message: right }) => `${path}: ${right}`).join('; ')
      throw new Invalid(`The input is not right: ${message}.`, { reason: first.reason, fields: faults })
    },
  }
}

export type InputCheck = ReturnType<typeof checkInput>
