import { defineEntity, type EntityClass, p } from '@mikro-orm/core'
import { FileType, fileColumns, type StoredFile } from '../rows/stored-file.js'

/** A file of something that concerns a customer, or nobody. */
export interface AttachedFile extends StoredFile {
  customerId: string | null
}

/** The id of what a file hangs on, as the property, argument and column of a kind: `visitId` of a Visit. */
export const ownerKeyOf = (owner: string) => `${owner.charAt(0).toLowerCase()}${owner.slice(1)}Id`

/** The entity and GraphQL type of the files of something: `VisitFile` of a Visit, in the table `visit_file`. */
export const fileEntity = (owner: string, description: string): EntityClass<AttachedFile> => {
  const name = `${owner}File`
  const schema = defineEntity({
    name,
    properties: { ...fileColumns, customerId: p.uuid().nullable(), [ownerKeyOf(owner)]: p.uuid() },
  })
  const Entity = { [name]: class extends schema.class {} }[name] as unknown as EntityClass<AttachedFile>
  schema.setClass(Entity as never)
  FileType(description)(Entity)
  return Entity
}
