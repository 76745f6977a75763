package dev.scrubjay.simulation;

/// The plans by the names that people type.
public enum PlanName {
    campaign,
    quick,
    gray,
    rolling,
    replacing,
    kills,
    outside,
    lying,
    calm;

    public Plan plan() {
        return switch (this) {
            case campaign -> Plan.CAMPAIGN;
            case quick -> Plan.QUICK;
            case gray -> Plan.GRAY;
            case rolling -> Plan.ROLLING;
            case replacing -> Plan.REPLACING;
            case kills -> Plan.KILLS;
            case outside -> Plan.OUTSIDE;
            case lying -> Plan.LYING;
            case calm -> Plan.CALM;
        };
    }
}
