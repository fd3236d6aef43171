import type { EventType } from '@clientele/contracts'
import { Conflict, type Context, type Policy, type Transaction, validationIssues } from '@clientele/kit'
import type { EntityClass } from '@mikro-orm/core'
import type { TimedFiles } from '../rows/file-timers.js'
import { checkFile, type FileChange, filesOf } from '../rows/files-of.js'
import { type AttachedFile, fileEntity, ownerKeyOf } from './file-entity.js'
import { fileInputs, type StageFile } from './file-inputs.js'
import { fileResolvers } from './file-resolvers.js'

export interface FileKindOptions {
  service: string
  /** What the files hang on: an entity, whose class gives all of it its names. */
  owner: EntityClass<{ id: string }>
  description: string
  policy: Policy<'read' | 'write'>
  most: { most: number }
  events: Readonly<Record<FileChange, EventType>>
  /** What a file is to hang on, locked, so that each that is announced counts those before. Throws NOT_FOUND, FORBIDDEN. */
  require(tx: Transaction, id: string): Promise<{ id: string; customerId: string | null }>
}

export interface FileKind extends TimedFiles {
  File: EntityClass<AttachedFile>
  /** Its mutations, what a file says beside its row, and the field of what it hangs on. */
  resolvers: readonly Function[]
}

/** All that a service needs so that something has files, but for their table: an entity, its mutations and fields, and what its timers do. */
export const fileKind = (o: FileKindOptions): FileKind => {
  const { service, owner, policy, events } = o
  const word = owner.name.toLowerCase()
  const key = ownerKeyOf(owner.name)
  const File = fileEntity(owner.name, o.description)
  const rows = filesOf<AttachedFile>({
    service,
    entity: File,
    write: policy.write,
    tell: (tx, file, change) => {
      const { customerId, status, bytes, mediaType, refusal } = file
      const of = { [key]: file[key as never], customerId }
      tx.emit(events[change], file, { ...of, status, bytes, mediaType, refusal } as never)
    },
  })

  /** Announces a file. Throws NOT_FOUND, FORBIDDEN, INVALID with all faults, CONFLICT `file.too_many`, `files.off`. */
  const stage = (ctx: Context, input: StageFile): Promise<AttachedFile> =>
    ctx.transaction(
      async (tx) => {
        const issues = validationIssues()
        const values = checkFile(issues, input)
        issues.refuse()
        const { id, customerId } = await o.require(tx, input[key as never])
        const { most } = o.most
        if ((await tx.em.count(File, { [key]: id } as never)) >= most) {
          throw new Conflict(`A ${word} has at most ${most} files.`, { reason: 'file.too_many', params: { most } })
        }
        return rows.stage(tx, { [key]: id, customerId, ...values })
      },
      { key: input.idempotencyKey, operation: `stage${owner.name}File`, input },
    )

  const writers = rolesIn(policy)
  const inputs = fileInputs(owner.name, word)
  const files = { ...rows, stage }
  const resolvers = fileResolvers({ Owner: owner, File, inputs, word, most: o.most, writers, files })
  return { ...files, File, resolvers }
}

/** The roles that may write, in words. */
const rolesIn = ({ table }: Policy) => {
  const roles = Object.entries(table.roles).flatMap(([role, grant]) => ('write' in grant ? [role] : []))
  return `${roles.slice(0, -1).join(', ')} and ${roles.at(-1)}`
}
