import { endpoints } from '../../nodes/shared/client/endpoints';

/** Paths of WeCom by the names that tests use. */
export const PATHS = {
	token: endpoints.accessToken.path,
	upload: endpoints.uploadMedia.path,
	uploadPicture: endpoints.uploadPicture.path,
	create: endpoints.createMassMessage.path,
	remind: endpoints.remindMembers.path,
	cancel: endpoints.cancelMassMessage.path,
	tasks: endpoints.massMessages.path,
	taskMembers: endpoints.massMessageMembers.path,
	taskResults: endpoints.massMessageResults.path,
	members: endpoints.members.path,
	customerIds: endpoints.customerIds.path,
	customers: endpoints.customersByMember.path,
	customer: endpoints.customer.path,
	remark: endpoints.remark.path,
	markTag: endpoints.markTag.path,
	tags: endpoints.tags.path,
	addTags: endpoints.addTags.path,
	editTag: endpoints.editTag.path,
	deleteTags: endpoints.deleteTags.path,
	groups: endpoints.customerGroups.path,
	group: endpoints.customerGroup.path,
} as const;
