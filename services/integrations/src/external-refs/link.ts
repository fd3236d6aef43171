import { normalizeLine } from '@clientele/contracts'
import { type FieldFault, Invalid, isId, unambiguousUrl } from '@clientele/kit'
import { ExternalEntityType } from './external-ref.entity.js'

/** A link that may be stored: trimmed, complete and within its limits. */
export interface Link {
  customerId: string
  system: string
  entityType: ExternalEntityType
  externalId: string
  url: string | null
}

interface LinkInput {
  customerId: string
  system: string
  entityType?: ExternalEntityType | null
  externalId: string
  url?: string | null
}

const systemKey = /^[^\s@]{1,64}$/u

/** What is wrong with a link, with paths below `input`; empty where nothing is. */
export const faultsOf = ({ system, externalId, url }: Omit<LinkInput, 'customerId'>): FieldFault[] => {
  const faults: FieldFault[] = []
  const fault = (path: string, reason: string, message: string) =>
    faults.push({ path: `input.${path}`, reason, message })
  if (!systemKey.test(normalizeLine(system))) {
    fault('system', 'key', '1 to 64 characters without blanks and @, such as "erp"')
  }
  const length = normalizeLine(externalId).length
  if (length < 1 || length > 200) fault('externalId', 'length', '1 to 200 characters')
  if (url != null && !isWebUrl(url))
    fault('url', 'url', 'an http or https URL of at most 2048 characters that every parser reads alike')
  return faults
}

/** Throws INVALID `external_ref.invalid` with all faults of the input together. */
export const checkedLink = (input: LinkInput): Link => {
  const fields = faultsOf(input)
  if (fields.length) throw new Invalid('The link cannot be stored.', { reason: 'external_ref.invalid', fields })
  return {
    customerId: isId(input.customerId) ? input.customerId.toLowerCase() : input.customerId,
    system: normalizeLine(input.system),
    entityType: input.entityType ?? ExternalEntityType.CUSTOMER,
    externalId: normalizeLine(input.externalId),
    url: input.url ? new URL(input.url.trim()).href : null,
  }
}

const isWebUrl = (text: string) => text.length <= 2048 && (unambiguousUrl(text.trim())?.href.length ?? 2049) <= 2048
