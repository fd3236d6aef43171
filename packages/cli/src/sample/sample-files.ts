import { ApiError } from '../api/api-error.js'
import type { SampleApi } from './sample-api.js'

const files = [
  { customer: 'p-zhang-wei', name: '送货说明.txt', text: '请周六上午送货，电梯在后门。\n' },
  { customer: 'o-northgate', name: 'price list 2027.txt', text: 'Oak table 149.50 EUR\nDesk lamp 20.00 EUR\n' },
]

interface Staged {
  stageCustomerFile: { id: string; uploadUrl: string }
}

const stageFile = `mutation ($input: StageCustomerFileInput!) { stageCustomerFile(input: $input) { id uploadUrl } }`

/** Files of one customer; one of the same name is taken for the same. Where the platform keeps no files there are none. */
export const ensureFiles = async (
  api: SampleApi,
  externalId: string,
  customer: { id: string; files: { name: string | null }[] },
) => {
  for (const { customer: owner, name, text } of files) {
    if (owner !== externalId || customer.files.some((file) => file.name === name)) continue
    const body = Buffer.from(text)
    const input = { customerId: customer.id, name, bytes: body.length }
    const answer = await api.query<Staged>(stageFile, { input }).catch((error: unknown) => {
      if (error instanceof ApiError && error.reason === 'files.off') return undefined
      throw error
    })
    if (!answer) return
    const { stageCustomerFile: staged } = answer
    await fetch(staged.uploadUrl, { method: 'PUT', body })
    await api.change('attachCustomerFile', 'CustomerFileInput', { id: staged.id })
  }
}
