import type { Resource } from '../../shared/operation/operation';
import { customer } from './customer';
import { customerGroup } from './customerGroup';
import { groupWelcomeTemplate } from './groupWelcomeTemplate';
import { media } from './media';
import { member } from './member';
import { message } from './message';
import { tag } from './tag';
import { welcomeMessage } from './welcomeMessage';

/** The resources in the order in which they are shown, which is that of their names. */
export const resources: readonly Resource[] = [
	customer,
	customerGroup,
	groupWelcomeTemplate,
	media,
	member,
	message,
	tag,
	welcomeMessage,
];
