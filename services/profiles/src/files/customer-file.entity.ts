import type { FileRefusal } from '@clientele/contracts'
import { FileType, fileColumns, type StoredFile } from '@clientele/files'
import { defineEntity, p } from '@mikro-orm/core'

const CustomerFileSchema = defineEntity({
  name: 'CustomerFile',
  properties: { ...fileColumns, customerId: p.uuid() },
})

@FileType('A file of a customer, such as a contract or a photo.')
export class CustomerFile extends CustomerFileSchema.class implements StoredFile {
  declare mediaType: string | null
  declare sha256: string | null
  declare refusal: FileRefusal | null
}
CustomerFileSchema.setClass(CustomerFile)
