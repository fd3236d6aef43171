import { limits } from '@clientele/contracts'
import { Limited } from '@clientele/kit'
import { Field, ID, InputType, Int } from 'type-graphql'
import { ownerKeyOf } from './file-entity.js'

/** That a file is to hang on something; the id of that stands under the key of its kind. */
export interface StageFile {
  name: string
  bytes: number
  idempotencyKey?: string | null
}

export interface WhichFile {
  id: string
}

/** The inputs of the mutations of a kind of files: `StageVisitFileInput`, `VisitFileInput`. */
export const fileInputs = (owner: string, word: string): { Stage: new () => StageFile; Which: new () => WhichFile } => {
  class Stage {}
  InputType(`Stage${owner}FileInput`, { description: `A file that is to hang on a ${word}.` })(Stage)
  Field(() => ID, { description: `The ${word}.` })(Stage.prototype, ownerKeyOf(owner))
  Field(() => String, { description: 'Its name, such as `contract.pdf`.' })(Stage.prototype, 'name')
  Limited(limits.fileName)(Stage.prototype, 'name')
  Field(() => Int, { description: 'How large it is, in bytes: its link takes exactly so many.' })(
    Stage.prototype,
    'bytes',
  )
  Limited(limits.fileBytes)(Stage.prototype, 'bytes')
  Field(() => String, {
    nullable: true,
    description: 'Repeating the request with this key within 24 hours announces no second file.',
  })(Stage.prototype, 'idempotencyKey')
  Limited(limits.idempotencyKey)(Stage.prototype, 'idempotencyKey')

  class Which {}
  InputType(`${owner}FileInput`, { description: 'Which file.' })(Which)
  Field(() => ID, { description: 'The file.' })(Which.prototype, 'id')
  return { Stage: Stage as never, Which: Which as never }
}
