const {
	WeComExternalContactApi,
} = require('./dist/credentials/WeComExternalContactApi.credentials.js');
const {
	WeComExternalContact,
} = require('./dist/nodes/WeComExternalContact/WeComExternalContact.node.js');

module.exports = { WeComExternalContactApi, WeComExternalContact };
