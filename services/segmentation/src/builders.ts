import { randomUUID } from 'node:crypto'
import {
  complaintReceived,
  customerCreated,
  purchaseRecorded,
  responseCompleted,
  visitPlanned,
} from '@clientele/contracts'

type Data<T> = T extends { example: infer Example } ? Example : never

/** Data of events as other services publish them, for tests: fixed, but for what is given and for fresh ids. */
export const aCustomer = (fields: Partial<Data<typeof customerCreated>> = {}): Data<typeof customerCreated> => ({
  ...customerCreated.example,
  id: randomUUID(),
  tags: [],
  ...fields,
})

export const aPurchase = (
  customerId: string,
  fields: Partial<Data<typeof purchaseRecorded>> = {},
): Data<typeof purchaseRecorded> => ({ ...purchaseRecorded.example, id: randomUUID(), customerId, ...fields })

export const aComplaint = (
  customerId: string,
  fields: Partial<Data<typeof complaintReceived>> = {},
): Data<typeof complaintReceived> => ({ ...complaintReceived.example, id: randomUUID(), customerId, ...fields })

export const aVisit = (
  customerId: string,
  fields: Partial<Data<typeof visitPlanned>> = {},
): Data<typeof visitPlanned> => ({ ...visitPlanned.example, id: randomUUID(), customerId, ...fields })

export const aResponse = (
  customerId: string,
  fields: Partial<Data<typeof responseCompleted>> = {},
): Data<typeof responseCompleted> => ({ ...responseCompleted.example, id: randomUUID(), customerId, ...fields })
