/** Requests up to this weight are plain: a customer with everything around, as the README asks for it, costs 1,841. */
export const plainWeight = 2_500

/** A body of so many bytes weighs as much as an operation of `plainWeight`: measured, both keep a process busy for as long. */
const plainBytes = 8 * 1024

/** How much one request holds up the others of its process: what its operation costs, or what its bytes weigh if that is more. */
export const weightOf = ({ bytes, cost = 0 }: { bytes: number; cost?: number | undefined }): number =>
  Math.max(cost, Math.ceil((bytes * plainWeight) / plainBytes))
