import { z } from 'zod'
import { fileRefusal, fileStatus } from './codes.js'
import { event } from './event.js'
import { entity, mediaType } from './values.js'

const example = {
  id: '0199a1b2-0000-7000-8000-000000000006',
  version: 1,
  status: 'STAGED' as const,
  bytes: 48_213,
  mediaType: null,
  refusal: null,
}

/** The events of files of one kind of entity, such as `customer`; `owner` is what each of them says of it, beside the file. */
export const fileEvents = <Owner extends z.ZodRawShape>(
  service: string,
  word: string,
  owner: Owner,
  ownerExample: z.output<z.ZodObject<Owner>>,
) => {
  const file = z.object({
    ...entity('file'),
    ...owner,
    status: fileStatus.describe('Whether its bytes are awaited or scanned, it can be had, or what came was not taken.'),
    bytes: z.int().min(1).describe('How large it is.'),
    mediaType: mediaType.nullable().describe('What it is, by its content; null unless it is SCANNING or READY.'),
    refusal: fileRefusal.nullable().describe('Why it was not taken; null unless it is REFUSED.'),
  })
  const tell = (verb: string, description: string, fields: object) =>
    event(
      `clientele.${service}.${word}_file.${verb}.v1`,
      description,
      file as z.ZodType<FileEventData<Owner>>,
      {
        ...example,
        ...ownerExample,
        ...fields,
      } as never,
    )
  const pdf = { status: 'READY', mediaType: 'application/pdf' }
  return {
    staged: tell('staged', `A file of a ${word} was announced; its bytes are awaited.`, {}),
    arrived: tell('arrived', `A file of a ${word} has arrived, and is scanned.`, {
      version: 2,
      ...pdf,
      status: 'SCANNING',
    }),
    attached: tell('attached', `A file of a ${word} has arrived, and can be had.`, { version: 2, ...pdf }),
    refused: tell('refused', `What arrived as a file of a ${word} was not taken, and is gone.`, {
      ...{ version: 2, status: 'REFUSED', refusal: 'TYPE' },
    }),
    thumbnailed: tell('thumbnailed', `The thumbnail of a file of a ${word} was made, or could not be.`, {
      ...{ version: 3, status: 'READY', mediaType: 'image/jpeg' },
    }),
    removed: tell('removed', `A file of a ${word} was removed by hand, or never arrived.`, { version: 3, ...pdf }),
  }
}

type FileEventData<Owner extends z.ZodRawShape> = z.output<z.ZodObject<Owner>> & {
  id: string
  version: number
  status: z.output<typeof fileStatus>
  bytes: number
  mediaType: string | null
  refusal: z.output<typeof fileRefusal> | null
}
