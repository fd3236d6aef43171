/** Everything about one customer, from all five services. */
export const customer360 = `query Customer360($id: ID!) {
  customer(id: $id) {
    id number kind displayName owner { name }
    contactPoints { kind value }
    tags { name }
    purchaseSummary { count total { amount currency } firstAt lastAt }
    visits(first: 5) { nodes { id status plannedStart assignee { name } report { summary } } totalCount }
    complaints(first: 5) { nodes { id number status severity resolveBy team { name } } }
    timeline(first: 10) { nodes { __typename occurredAt } }
    satisfaction { nps csat lastRespondedAt }
    segments { key name enteredAt }
    rfm { recencyDays frequency monetary { amount currency } r f m }
    externalRefs { system externalId }
  }
}`
