/** Members per `batch/get_by_user` call (doc 92994). */
export const MEMBERS_PER_CUSTOMER_BATCH = 100;
/** Rows per page of `batch/get_by_user` (doc 92994). */
export const CUSTOMER_PAGE = 100;
/** Characters in a customer's remark and description (doc 92115). */
export const REMARK_CHARACTERS = { remark: 20, remark_company: 20, description: 150 } as const;
