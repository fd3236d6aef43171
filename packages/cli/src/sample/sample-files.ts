import { ApiError } from '../api/api-error.js'
import type { SampleApi } from './sample-api.js'

type Owner = 'Customer' | 'Visit' | 'Complaint'

/** What a file hangs on is told by the text that the sample knows it by. */
const files: readonly { owner: Owner; of: string; name: string; text: string }[] = [
  { owner: 'Customer', of: 'p-zhang-wei', name: '送货说明.txt', text: '请周六上午送货，电梯在后门。\n' },
  {
    owner: 'Customer',
    of: 'o-northgate',
    name: 'price list 2027.txt',
    text: 'Oak table 149.50 EUR\nDesk lamp 20.00 EUR\n',
  },
  { owner: 'Visit', of: '年度回访', name: '回访记录.txt', text: '办公桌使用良好；报价单下周发出。\n' },
  { owner: 'Visit', of: 'Quarterly review', name: 'minutes.txt', text: 'Volumes grow. Two more sites from May.\n' },
  {
    owner: 'Complaint',
    of: '台灯比约定时间晚到三天。',
    name: '物流记录.txt',
    text: '3 月 2 日揽收，3 月 8 日签收。\n',
  },
  {
    owner: 'Complaint',
    of: 'The September invoice names the wrong delivery site.',
    name: 'invoice 2026-09.txt',
    text: 'Deliver to: Site B (should be Site A)\n',
  },
]

/** What files may hang on, and those that hang there. */
export interface WithFiles {
  id: string
  files: { name: string | null }[]
}

/**
 * Files of what the sample knows by this text; one of the same name is taken for the same. Where the platform keeps no files there are none, and
 * none are attached by who may not.
 */
export const ensureFiles = async (api: SampleApi, owner: Owner, of: string, there: WithFiles) => {
  for (const file of files.filter((one) => one.owner === owner && one.of === of)) {
    if (there.files.some(({ name }) => name === file.name)) continue
    const body = Buffer.from(file.text)
    const staged = await stage(api, owner, {
      [`${owner.toLowerCase()}Id`]: there.id,
      name: file.name,
      bytes: body.length,
    })
    if (!staged) return
    await fetch(staged.uploadUrl, { method: 'PUT', body })
    await api.change(`attach${owner}File`, `${owner}FileInput`, { id: staged.id })
  }
}

const stage = async (api: SampleApi, owner: Owner, input: object) => {
  const document = `mutation ($input: Stage${owner}FileInput!) { staged: stage${owner}File(input: $input) { id uploadUrl } }`
  try {
    return (await api.query<{ staged: { id: string; uploadUrl: string } }>(document, { input })).staged
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'files.off') return undefined
    throw error
  }
}
