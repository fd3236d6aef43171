/** How many speculative fetches in a row may go unanswered before they are left. */
const patience = 3
/** After that, one in so many is tried again. */
const pause = 20

/** Holds back speculative fetches of one kind that have not been answered of late. It changes what is asked, never what is answered. */
export class BackOff {
  private unanswered = 0
  private passed = 0

  isDue(): boolean {
    return this.unanswered < patience || ++this.passed % pause === 0
  }

  note(isAnswered: boolean): void {
    this.unanswered = isAnswered ? 0 : this.unanswered + 1
  }
}
