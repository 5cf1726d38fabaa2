/** What a fork does to its set, in one sentence. */
export function forks(set: string, main: string, replicas: number, count: number): string {
  const more = count === 1 ? 'One more sub-agent' : `${count} more sub-agents`
  const whose = main === '' ? 'the main agent' : main
  return `${more} of set ${set} ${count === 1 ? 'is' : 'are'} cloned from ${whose}: ${replicas} become ${replicas + count}.`
}

/** What the button says that forks. */
export const forkWords = ({ count }: { count: number }): string => (count > 1 ? `Fork ${count}` : 'Fork')
