interface Options {
  steal?: boolean
  signal?: AbortSignal
}

interface Waiter {
  grant(): void
}

interface Lock {
  queue: Waiter[]
  rob: (() => void) | null
}

const lost = () => new DOMException('the lock was stolen', 'AbortError')

/**
 * Exclusive locks as all tabs of a browser see them (Web Locks, without modes): granted in order, given back when the
 * callback settles, taken away by a request that steals.
 */
export function createLocks() {
  const locks = new Map<string, Lock>()
  const lockOf = (name: string) => {
    const lock = locks.get(name) ?? { queue: [], rob: null }
    locks.set(name, lock)
    return lock
  }

  const next = ({ queue, rob }: Lock) => {
    if (rob === null) queue.shift()?.grant()
  }
  const request = (name: string, options: Options, callback: () => Promise<void>) =>
    new Promise<void>((resolve, reject) => {
      const lock = lockOf(name)
      const waiter: Waiter = {
        grant() {
          options.signal?.removeEventListener('abort', leave)
          const mine = () => reject(lost())
          lock.rob = mine
          const giveBack = () => {
            if (lock.rob !== mine) return
            lock.rob = null
            next(lock)
          }
          callback().then(resolve, reject).finally(giveBack)
        },
      }
      const leave = () => {
        lock.queue.splice(lock.queue.indexOf(waiter), 1)
        reject(options.signal?.reason as Error)
      }
      if (options.signal?.aborted) {
        reject(options.signal.reason as Error)
        return
      }
      if (options.steal) {
        lock.rob?.()
        waiter.grant()
        return
      }
      options.signal?.addEventListener('abort', leave, { once: true })
      lock.queue.push(waiter)
      next(lock)
    })
  const waiting = () => [...locks.values()].reduce((sum, { queue }) => sum + queue.length, 0)
  return { request, waiting }
}
