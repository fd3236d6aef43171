/** Where the complaints are kept that facts are computed from: a row each. */
export const complaintFacts = 'complaint_fact'

/** Whether a row of `complaint_fact` counts as a complaint: one that repeats another does not. */
export const isCounted = (complaint: string) => `${complaint}.status <> 'DUPLICATE'`
