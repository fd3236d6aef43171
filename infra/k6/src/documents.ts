/** Where each operation stands, from the root of the repository. The name of the operation is that in its document. */
export const documents = {
  KnownCustomers: 'infra/k6/documents/known-customers.graphql',
  Customer360: 'gateway/samples/1-customer-360.graphql',
  CustomerList: 'bench/src/customer-list/customer-list.graphql',
  Customers: 'gateway/samples/2-customers.graphql',
  CustomerSearch: 'infra/k6/documents/customer-search.graphql',
  MyAgenda: 'infra/k6/documents/my-agenda.graphql',
  OpenTasks: 'infra/k6/documents/open-tasks.graphql',
  OpenComplaints: 'infra/k6/documents/open-complaints.graphql',
  CreateCustomer: 'gateway/samples/3-create-customer.graphql',
  UpdateCustomer: 'infra/k6/documents/update-customer.graphql',
  RecordContact: 'infra/k6/documents/record-contact.graphql',
  CreateTask: 'infra/k6/documents/create-task.graphql',
  CompleteTask: 'infra/k6/documents/complete-task.graphql',
  PlanVisit: 'infra/k6/documents/plan-visit.graphql',
  ReceiveComplaint: 'gateway/samples/4-receive-complaint.graphql',
  RecordPurchase: 'infra/k6/documents/record-purchase.graphql',
} as const

export type Operation = keyof typeof documents
