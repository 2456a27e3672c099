//! The AWS services that an HTTP API calls directly: data, no decisions.

/// A first-class service integration.
#[derive(Clone, Copy, Debug)]
pub struct Service {
    /// The integration subtype.
    pub subtype: &'static str,
    /// The parameters that it needs.
    pub required: &'static [&'static str],
    /// The parameters that it may have.
    pub optional: &'static [&'static str],
    /// The IAM action that its role needs.
    pub action: &'static str,
    /// The parameter that names the resource of the role's policy.
    pub resource: &'static str,
}

/// All subtypes.
///
/// Source: API Gateway Developer Guide, "Integration subtype reference".
pub const SERVICES: [Service; 10] = [
    Service {
        subtype: "EventBridge-PutEvents",
        required: &["Detail", "DetailType", "Source"],
        optional: &["Time", "EventBusName", "Resources", "Region", "TraceHeader"],
        action: "events:PutEvents",
        resource: "EventBusName",
    },
    Service {
        subtype: "SQS-SendMessage",
        required: &["QueueUrl", "MessageBody"],
        optional: &[
            "DelaySeconds",
            "MessageAttributes",
            "MessageDeduplicationId",
            "MessageGroupId",
            "MessageSystemAttributes",
            "Region",
        ],
        action: "sqs:SendMessage",
        resource: "QueueUrl",
    },
    Service {
        subtype: "SQS-ReceiveMessage",
        required: &["QueueUrl"],
        optional: &[
            "AttributeNames",
            "MaxNumberOfMessages",
            "MessageAttributeNames",
            "ReceiveRequestAttemptId",
            "VisibilityTimeout",
            "WaitTimeSeconds",
            "Region",
        ],
        action: "sqs:ReceiveMessage",
        resource: "QueueUrl",
    },
    Service {
        subtype: "SQS-DeleteMessage",
        required: &["ReceiptHandle", "QueueUrl"],
        optional: &["Region"],
        action: "sqs:DeleteMessage",
        resource: "QueueUrl",
    },
    Service {
        subtype: "SQS-PurgeQueue",
        required: &["QueueUrl"],
        optional: &["Region"],
        action: "sqs:PurgeQueue",
        resource: "QueueUrl",
    },
    Service {
        subtype: "AppConfig-GetConfiguration",
        required: &["Application", "Environment", "Configuration", "ClientId"],
        optional: &["ClientConfigurationVersion", "Region"],
        action: "appconfig:GetConfiguration",
        resource: "Application",
    },
    Service {
        subtype: "Kinesis-PutRecord",
        required: &["StreamName", "Data", "PartitionKey"],
        optional: &["SequenceNumberForOrdering", "ExplicitHashKey", "Region"],
        action: "kinesis:PutRecord",
        resource: "StreamName",
    },
    Service {
        subtype: "StepFunctions-StartExecution",
        required: &["StateMachineArn"],
        optional: &["Name", "Input", "Region"],
        action: "states:StartExecution",
        resource: "StateMachineArn",
    },
    Service {
        subtype: "StepFunctions-StartSyncExecution",
        required: &["StateMachineArn"],
        optional: &["Name", "Input", "Region", "TraceHeader"],
        action: "states:StartSyncExecution",
        resource: "StateMachineArn",
    },
    Service {
        subtype: "StepFunctions-StopExecution",
        required: &["ExecutionArn"],
        optional: &["Cause", "Error", "Region"],
        action: "states:StopExecution",
        resource: "ExecutionArn",
    },
];

/// The service with a subtype.
pub fn service(subtype: &str) -> Option<&'static Service> {
    SERVICES.iter().find(|it| it.subtype == subtype)
}
