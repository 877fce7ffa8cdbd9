import type { Resource } from '../../shared/operation/operation';
import { account } from './account';
import { customer } from './customer';
import { message } from './message';
import { servicer } from './servicer';
import { session } from './session';
import { statistic } from './statistic';

/** The resources in the order in which they are shown, which is that of their names. */
export const resources: readonly Resource[] = [
	account,
	customer,
	message,
	servicer,
	session,
	statistic,
];
