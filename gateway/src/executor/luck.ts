/** How often in a row a guess may come to nothing before it is left. */
const patience = 3
/** After that, one in so many is tried again. */
const pause = 20

/** Whether guesses of one kind are answered of late. It changes what is asked, never what is answered. */
export class Luck {
  private unanswered = 0
  private passed = 0

  isWorthATry(): boolean {
    return this.unanswered < patience || ++this.passed % pause === 0
  }

  note(isAnswered: boolean): void {
    this.unanswered = isAnswered ? 0 : this.unanswered + 1
  }
}
