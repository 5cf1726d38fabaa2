const COUNT = new Intl.NumberFormat('en')

/** A count with its thousands apart: `2,000`. */
export const formatCount = (count: number): string => COUNT.format(count)
